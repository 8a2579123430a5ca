locals {
  services = toset([
    "accesscontextmanager", "aiplatform", "apikeys", "artifactregistry", "billingbudgets", "certificatemanager",
    "cloudbuild", "cloudkms", "cloudresourcemanager", "cloudtrace", "compute", "containeranalysis", "containerscanning", "dns",
    "firebaserules", "firestore", "iam", "iamcredentials", "identitytoolkit", "logging", "monitoring",
    "ondemandscanning", "pubsub", "run", "secretmanager", "securetoken", "serviceusage", "storage", "sts",
  ])
}

resource "google_project_service" "this" {
  for_each = local.services

  project = var.project_id
  service = "${each.key}.googleapis.com"

  # Switching an API off can delete what it holds.
  disable_on_destroy = false
}
