output "private_filter" {
  description = "Filter of log lines that must not exist."
  value       = local.private_filter
}

output "bucket_id" {
  description = "Name of the locked log bucket."
  value       = google_logging_project_bucket_config.audit.bucket_id
}

