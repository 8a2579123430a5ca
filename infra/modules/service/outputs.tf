output "name" {
  description = "Name of the service."
  value       = google_cloud_run_v2_service.this.name
}

output "ingress" {
  description = "From where the service is reached."
  value       = google_cloud_run_v2_service.this.ingress
}

