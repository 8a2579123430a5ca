locals {
  inside = {
    resources = ["projects/${var.project_number}"]
    restricted_services = [
      "aiplatform.googleapis.com",
      "artifactregistry.googleapis.com",
      "cloudkms.googleapis.com",
      "firestore.googleapis.com",
      "logging.googleapis.com",
      "pubsub.googleapis.com",
      "run.googleapis.com",
      "secretmanager.googleapis.com",
      "storage.googleapis.com",
    ]
  }
}

resource "google_access_context_manager_access_level" "operators" {
  parent = "accessPolicies/${var.access_policy}"
  name   = "accessPolicies/${var.access_policy}/accessLevels/${var.name}_operators"
  title  = "${var.name}_operators"

  basic {
    conditions {
      members = var.operators
    }
  }
}

# The dry run always says what the next perimeter would refuse; what is enforced is the same, once `enforced` is set.
resource "google_access_context_manager_service_perimeter" "this" {
  parent                    = "accessPolicies/${var.access_policy}"
  name                      = "accessPolicies/${var.access_policy}/servicePerimeters/${var.name}"
  title                     = var.name
  perimeter_type            = "PERIMETER_TYPE_REGULAR"
  use_explicit_dry_run_spec = true

  spec {
    resources           = local.inside.resources
    restricted_services = local.inside.restricted_services
    access_levels       = [google_access_context_manager_access_level.operators.name]
  }

  dynamic "status" {
    for_each = var.enforced ? [local.inside] : []

    content {
      resources           = status.value.resources
      restricted_services = status.value.restricted_services
      access_levels       = [google_access_context_manager_access_level.operators.name]
    }
  }
}
