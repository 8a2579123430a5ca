output "services" {
  description = "Names of the enabled APIs."
  value       = sort([for service in google_project_service.this : service.service])
}

