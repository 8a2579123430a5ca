variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "authorized_domains" {
  description = "Domains that sign-in links may lead to."
  type        = list(string)

  validation {
    condition     = length(var.authorized_domains) > 0 && !contains(var.authorized_domains, "localhost")
    error_message = "Name at least one domain, and not localhost."
  }
}
