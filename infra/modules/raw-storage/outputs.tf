output "bucket" {
  description = "Name of the bucket of raw uploads."
  value       = google_storage_bucket.this.name
}

