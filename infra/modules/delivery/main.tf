# CI proves who it is with GitHub's own token; there is no key that could leak.
resource "google_iam_workload_identity_pool" "github" {
  project                   = var.project_id
  workload_identity_pool_id = "github"
  display_name              = "GitHub Actions"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  display_name                       = "GitHub"

  attribute_mapping = {
    "google.subject"          = "assertion.sub"
    "attribute.owner_id"      = "assertion.repository_owner_id"
    "attribute.ref"           = "assertion.ref"
    "attribute.repository_id" = "assertion.repository_id"
  }

  attribute_condition = join(" && ", [
    "assertion.repository_owner_id == '${var.github.owner_id}'",
    "assertion.repository_id == '${var.github.repository_id}'",
    "assertion.ref == '${var.github.ref}'",
    "assertion.environment == '${var.github.environment}'",
  ])

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

locals {
  deployer    = "serviceAccount:${var.deployer_email}"
  deployer_id = "projects/${var.project_id}/serviceAccounts/${var.deployer_email}"
  from_github = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.repository_id/${var.github.repository_id}"
}

resource "google_service_account_iam_member" "github" {
  service_account_id = local.deployer_id
  role               = "roles/iam.workloadIdentityUser"
  member             = local.from_github
}

# A build is started by the deployer and runs as the deployer.
resource "google_service_account_iam_member" "build_as_itself" {
  service_account_id = local.deployer_id
  role               = "roles/iam.serviceAccountUser"
  member             = local.deployer
}

resource "google_service_account_iam_member" "run_as" {
  for_each = var.runtime_emails

  service_account_id = "projects/${var.project_id}/serviceAccounts/${each.value}"
  role               = "roles/iam.serviceAccountUser"
  member             = local.deployer
}

resource "google_cloud_run_v2_service_iam_member" "deploys" {
  for_each = var.runtime_emails

  project  = var.project_id
  location = var.region
  name     = each.key
  role     = "roles/run.developer"
  member   = local.deployer
}

# The tagged revision of a private service is smoke-tested before it gets traffic.
resource "google_cloud_run_v2_service_iam_member" "smoke_tests" {
  for_each = var.runtime_emails

  project  = var.project_id
  location = var.region
  name     = each.key
  role     = "roles/run.invoker"
  member   = local.deployer
}

# Builds, their logs, those of a new revision, the scanner's findings and what an image is made of can be granted on the
# project alone.
resource "google_project_iam_member" "builds" {
  for_each = toset([
    "roles/cloudbuild.builds.editor",
    "roles/containeranalysis.notes.attacher",
    "roles/containeranalysis.notes.editor",
    "roles/containeranalysis.occurrences.editor",
    "roles/logging.logWriter",
    "roles/logging.viewer",
    "roles/ondemandscanning.admin",
    "roles/serviceusage.serviceUsageConsumer",
  ])

  project = var.project_id
  role    = each.key
  member  = local.deployer
}

resource "google_storage_bucket" "sources" {
  project                     = var.project_id
  name                        = "${var.project_id}-builds"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  encryption {
    default_kms_key_name = var.kms_key_id
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age = 30
    }
  }
}

resource "google_storage_bucket_iam_member" "sources" {
  for_each = toset(["roles/storage.objectUser", "roles/storage.bucketViewer"])

  bucket = google_storage_bucket.sources.name
  role   = each.key
  member = local.deployer
}
