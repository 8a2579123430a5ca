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

# What must hold in every environment, asked at each plan.
output "raw_bucket" {
  description = "Bucket of raw uploads."
  value       = module.raw_storage.bucket

  precondition {
    condition     = module.raw_storage.is_private
    error_message = "The bucket of raw uploads could be made public."
  }
}

output "push_subscriptions" {
  description = "Names of the push subscriptions."
  value       = module.events.push_subscriptions

  precondition {
    condition     = length(module.events.without_dead_letters) == 0
    error_message = "Subscriptions have no dead letters: ${join(", ", module.events.without_dead_letters)}."
  }
}

output "public_services" {
  description = "Services that the load balancer reaches."
  value       = local.public_services

  precondition {
    condition     = local.public_services == ["ingestion"]
    error_message = "Ingestion alone is reachable from outside, not: ${join(", ", local.public_services)}."
  }
}

output "keys_of_data" {
  description = "Keys that encrypt uploads, messages and records."
  value       = local.keys_of_data

  precondition {
    condition     = alltrue([for key in local.keys_of_data : startswith(coalesce(key, "none"), "projects/")])
    error_message = "Uploads, messages or records have no key of ours."
  }
}

locals {
  public_services = [for name, service in module.services : name if service.ingress != "INGRESS_TRAFFIC_INTERNAL_ONLY"]
  keys_of_data    = concat(module.raw_storage.keys, module.events.keys, module.records.keys)
}
