output "address" {
  description = "Address that the domain's A record must name."
  value       = google_compute_global_address.this.address
}

output "certificate_dns_record" {
  description = "Record that proves the domain to the certificate authority."
  value       = google_certificate_manager_dns_authorization.this.dns_resource_record
}

