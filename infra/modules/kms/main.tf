# Reading the settings makes Logging's own identity for the key.
data "google_logging_project_cmek_settings" "this" {
  project = var.project_id
}

locals {
  agent = "serviceAccount:service-${var.project_number}"

  # One key a product, so that each can be revoked by itself; the values are the agents that encrypt with it.
  agents = {
    storage   = "${local.agent}@gs-project-accounts.iam.gserviceaccount.com"
    pubsub    = "${local.agent}@gcp-sa-pubsub.iam.gserviceaccount.com"
    firestore = "${local.agent}@gcp-sa-firestore.iam.gserviceaccount.com"
    secrets   = "${local.agent}@gcp-sa-secretmanager.iam.gserviceaccount.com"
    images    = "${local.agent}@gcp-sa-artifactregistry.iam.gserviceaccount.com"
    services  = "${local.agent}@serverless-robot-prod.iam.gserviceaccount.com"
    logs      = "serviceAccount:${data.google_logging_project_cmek_settings.this.service_account_id}"
  }
}

resource "google_kms_key_ring" "this" {
  project  = var.project_id
  name     = "clarity"
  location = var.region
}

resource "google_kms_crypto_key" "this" {
  for_each = local.agents

  name                       = each.key
  key_ring                   = google_kms_key_ring.this.id
  rotation_period            = "7776000s"
  destroy_scheduled_duration = "2592000s"

  # Without its key all the data that it encrypts is lost.
  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "agents" {
  for_each = local.agents

  crypto_key_id = google_kms_crypto_key.this[each.key].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = each.value
}
