variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "Region of everything that has one."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]$", var.region))
    error_message = "A region looks like us-central1."
  }
}

variable "service_name" {
  description = "Cloud Run service behind the load balancer: the only one that the internet reaches."
  type        = string

  validation {
    condition     = var.service_name == "ingestion"
    error_message = "Ingestion alone faces the internet."
  }
}

variable "domain" {
  description = "Host name of the API."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a host name, such as api.example.org."
  }
}

variable "requests_per_minute" {
  description = "Requests that one address may make in a minute; on /api/v1/auth/ a tenth of them."
  type        = number
  default     = 1200

  validation {
    condition     = var.requests_per_minute >= 100 && var.requests_per_minute <= 100000
    error_message = "Between 100 and 100000 requests."
  }
}
