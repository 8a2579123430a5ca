variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
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

variable "token_price" {
  description = "What a million tokens of the language model cost, in the currency of the price list."
  type        = object({ input = number, output = number })

  validation {
    condition     = var.token_price.input > 0 && var.token_price.output > 0
    error_message = "Nothing is free: give the prices of Google's list."
  }
}
