output "emails" {
  description = "Account name → e-mail."
  value       = local.emails
}

output "role_names" {
  description = "Custom role → its whole name."
  value       = local.role_names
}
