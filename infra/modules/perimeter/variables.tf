variable "project_number" {
  description = "Google Cloud project number; service agents and Cloud Run URLs carry it."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{6,}$", var.project_number))
    error_message = "A project number has digits only."
  }
}

variable "access_policy" {
  description = "Number of the organisation's access policy."
  type        = string

  validation {
    condition     = can(regex("^[0-9]+$", var.access_policy))
    error_message = "An access policy's name is a number."
  }
}

variable "name" {
  description = "Name of the perimeter; unique in the policy."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9_]*$", var.name))
    error_message = "Letters, digits and underscores."
  }
}

variable "enforced" {
  description = "False logs what would be refused; true refuses it. Push subscriptions must exist before: none can be changed inside."
  type        = bool
  default     = false
}

variable "operators" {
  description = "Members (user: or serviceAccount:) that may reach the services from outside, such as CI and who runs Terraform."
  type        = list(string)

  validation {
    condition     = length(var.operators) > 0 && alltrue([for member in var.operators : can(regex("^(user|serviceAccount):", member))])
    error_message = "An access level names users and service accounts, each by itself."
  }
}
