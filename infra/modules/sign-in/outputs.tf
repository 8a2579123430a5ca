output "issuer" {
  description = "Issuer of the ID tokens that the API accepts."
  value       = "https://securetoken.google.com/${var.project_id}"
}

