variable "project_number" {
  description = "Google Cloud project number; service agents and Cloud Run URLs carry it."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{6,}$", var.project_number))
    error_message = "A project number has digits only."
  }
}

variable "billing_account" {
  description = "Billing account of the project."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "A billing account looks like 0A1B2C-3D4E5F-6A7B8C."
  }
}

variable "monthly_amount" {
  description = "What a month may cost, in the account's currency."
  type        = number

  validation {
    condition     = var.monthly_amount > 0 && floor(var.monthly_amount) == var.monthly_amount
    error_message = "A whole positive amount."
  }
}

variable "notification_channels" {
  description = "Channels that hear of it."
  type        = list(string)

  validation {
    condition     = length(var.notification_channels) > 0
    error_message = "Somebody must hear of it."
  }
}
