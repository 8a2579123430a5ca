output "api_address" {
  description = "Address that the domain's A record must name."
  value       = module.edge.address
}

output "certificate_dns_record" {
  description = "Record that proves the domain to the certificate authority."
  value       = module.edge.certificate_dns_record
}

output "repository_url" {
  description = "Where images are pushed."
  value       = module.images.repository_url
}

output "service_urls" {
  description = "Service → its URL inside the network."
  value       = local.urls
}

output "workload_identity_provider" {
  description = "Name that the workflow gives to google-github-actions/auth."
  value       = module.delivery.workload_identity_provider
}

output "sources_bucket" {
  description = "Bucket for the sources of builds."
  value       = module.delivery.sources_bucket
}

output "secret_ids" {
  description = "Secrets whose values are added by hand."
  value       = module.secrets.secret_ids
}

output "runbooks" {
  description = "Names of the runbooks that alerts lead to."
  value       = module.alerts.runbooks
}

