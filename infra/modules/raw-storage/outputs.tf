output "bucket" {
  description = "Name of the bucket of raw uploads."
  value       = google_storage_bucket.this.name
}


output "is_private" {
  description = "True while nobody can make the bucket public."
  value = alltrue([
    google_storage_bucket.this.public_access_prevention == "enforced",
    google_storage_bucket.this.uniform_bucket_level_access,
  ])
}

output "keys" {
  description = "Keys that encrypt the bucket."
  value       = [google_storage_bucket.this.encryption[0].default_kms_key_name]
}

