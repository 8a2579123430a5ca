output "repository_url" {
  description = "Where images are pushed: REGION-docker.pkg.dev/PROJECT/clarity."
  value       = "${var.region}-docker.pkg.dev/${var.project_id}/clarity"
}

