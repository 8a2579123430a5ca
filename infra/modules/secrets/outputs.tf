output "secret_ids" {
  description = "Ids of the secrets, once their readers may read them."
  value       = keys(var.secrets)

  depends_on = [google_secret_manager_secret_iam_member.readers]
}

