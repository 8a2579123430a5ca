output "emails" {
  description = "Account name → e-mail."
  value = {
    for name in keys(local.accounts) : name => "${name}@${var.project_id}.iam.gserviceaccount.com"
  }

  depends_on = [google_service_account.this]
}

output "role_names" {
  description = "Whole names of the custom roles that are granted on the bucket."
  value = {
    for name in ["clarityRawReader", "clarityRawWriter"] : name => "projects/${var.project_id}/roles/${name}"
  }

  depends_on = [google_project_iam_custom_role.this]
}

