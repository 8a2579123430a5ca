output "workload_identity_provider" {
  description = "Name that the workflow gives to google-github-actions/auth."
  value       = google_iam_workload_identity_pool_provider.github.name
}

output "sources_bucket" {
  description = "Bucket for the sources of builds."
  value       = google_storage_bucket.sources.name
}

