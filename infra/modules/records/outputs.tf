output "database" {
  description = "Name of the database."
  value       = google_firestore_database.this.name
}

output "keys" {
  description = "Keys that encrypt the database."
  value       = [google_firestore_database.this.cmek_config[0].kms_key_name]
}

