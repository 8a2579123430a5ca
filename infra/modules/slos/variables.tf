variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "notification_channels" {
  description = "Names of the channels that hear of it."
  type        = list(string)

  validation {
    condition     = length(var.notification_channels) > 0
    error_message = "Somebody must hear of it."
  }
}

variable "runbooks_url" {
  description = "Where docs/operations can be read, without a slash at the end."
  type        = string

  validation {
    condition     = can(regex("^https://.+/docs/operations$", var.runbooks_url))
    error_message = "The address ends in /docs/operations."
  }
}

variable "metric_types" {
  description = "Log-based metric → its type."
  type        = map(string)

  validation {
    condition     = alltrue([for type in values(var.metric_types) : startswith(type, "logging.googleapis.com/user/")])
    error_message = "These are log-based metrics: logging.googleapis.com/user/…."
  }
}

variable "push_subscriptions" {
  description = "Names of the push subscriptions that make up the pipeline."
  type        = list(string)

  validation {
    condition     = length(var.push_subscriptions) > 0
    error_message = "A pipeline has at least one subscription."
  }
}
