variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
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

variable "email" {
  description = "Address that hears of alerts."
  type        = string

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.email))
    error_message = "Give an e-mail address."
  }
}

variable "pager_topic" {
  description = "Pub/Sub topic (whole name) of the paging system; null where nobody is on call."
  type        = string
  default     = null

  validation {
    condition     = var.pager_topic == null || can(regex("^projects/[^/]+/topics/[^/]+$", var.pager_topic))
    error_message = "Give the whole name: projects/…/topics/…."
  }
}

variable "push_subscriptions" {
  description = "Names of the push subscriptions."
  type        = list(string)

  validation {
    condition     = length(var.push_subscriptions) > 0
    error_message = "There is something to watch."
  }
}

variable "dead_letter_subscriptions" {
  description = "Names of the subscriptions that keep dead letters."
  type        = list(string)

  validation {
    condition     = alltrue([for name in var.dead_letter_subscriptions : endswith(name, "-dead-letter")])
    error_message = "Subscriptions of dead letters end in -dead-letter."
  }
}

variable "max_instances" {
  description = "Service → most instances it may have."
  type        = map(number)

  validation {
    condition     = alltrue([for most in values(var.max_instances) : most >= 1])
    error_message = "A service has at least one instance."
  }
}

variable "expects_traffic" {
  description = "True where an hour without one upload is a fault."
  type        = bool
}

variable "domain" {
  description = "Host name of the public API, asked from outside every minute."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a host name, such as api.example.org."
  }
}
