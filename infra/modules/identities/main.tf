locals {
  # Name → what the account is for. What each may do beside project-wide roles stands with the resource itself.
  accounts = {
    clarity-ingestion      = "Runs the public API."
    clarity-analysis       = "Runs the analysis of uploads."
    clarity-insight        = "Runs the writing of insights."
    clarity-push-ingestion = "Signs the pushes to ingestion."
    clarity-push-analysis  = "Signs the pushes to analysis."
    clarity-push-insight   = "Signs the pushes to insight."
    clarity-deployer       = "Builds and deploys, from CI alone and without a key."
  }

  services      = toset(["ingestion", "analysis", "insight"])
  push_services = local.services

  # Made of what is known before the accounts and roles are, so that a plan says who gets what.
  emails = {
    for name, account in google_service_account.this : name => "${account.account_id}@${var.project_id}.iam.gserviceaccount.com"
  }
  role_names = {
    for name, role in google_project_iam_custom_role.this : name => "projects/${var.project_id}/roles/${role.role_id}"
  }
}

resource "google_service_account" "this" {
  for_each = local.accounts

  project      = var.project_id
  account_id   = each.key
  display_name = each.key
  description  = each.value
}

# Firestore has no narrower resource to grant on than the database, which only a condition can name.
resource "google_project_iam_member" "records" {
  for_each = local.services

  project = var.project_id
  role    = "roles/datastore.user"
  member  = "serviceAccount:${local.emails["clarity-${each.key}"]}"

  condition {
    title      = "the one database"
    expression = "resource.name == \"projects/${var.project_id}/databases/(default)\""
  }
}

resource "google_project_iam_member" "traces" {
  for_each = local.services

  project = var.project_id
  role    = "roles/cloudtrace.agent"
  member  = "serviceAccount:${local.emails["clarity-${each.key}"]}"
}

resource "google_project_iam_member" "accounts_of_people" {
  project = var.project_id
  role    = local.role_names["clarityAccounts"]
  member  = "serviceAccount:${local.emails["clarity-ingestion"]}"
}

resource "google_project_iam_member" "model" {
  project = var.project_id
  role    = local.role_names["clarityModelCall"]
  member  = "serviceAccount:${local.emails["clarity-insight"]}"
}

# Newer projects have this in the agent's own role; projects made before 2021-04-08 need it here.
resource "google_service_account_iam_member" "push_tokens" {
  for_each = local.push_services

  service_account_id = google_service_account.this["clarity-push-${each.key}"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = "serviceAccount:service-${var.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}
