variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "private_filter" {
  description = "Filter of log lines that must not exist; a metric counts what it catches."
  type        = string

  validation {
    condition     = length(var.private_filter) > 0
    error_message = "An empty filter counts every line."
  }
}
