terraform {
  required_version = ">= 1.11"

  # The bucket is named at init: terraform init -backend-config=bucket=…
  backend "gcs" {
    prefix = "clarity/production"
  }

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.45, < 8.0"
    }
  }
}

provider "google" {
  project               = local.project_id
  region                = local.region
  user_project_override = true
  billing_project       = local.project_id
}

locals {
  project_id = "clarity-production"
  region     = "us-central1"
}

module "system" {
  source = "../../modules/system"

  project_id     = local.project_id
  project_number = "100000000002"
  region         = local.region
  domain         = "api.clarity.health"
  raw_bucket     = "clarity-production-raw"

  language_model = {
    location    = "us"
    name        = "gemini-3.5-flash"
    token_price = { input = 1.5, output = 9 }
  }

  log_level          = "info"
  trace_sample_ratio = 0.1

  sizes = {
    ingestion = { cpu = "1", memory = "1Gi", concurrency = 20, min_instances = 1, max_instances = 20 }
    analysis  = { cpu = "2", memory = "4Gi", concurrency = 4, min_instances = 1, max_instances = 20 }
    insight   = { cpu = "1", memory = "512Mi", concurrency = 40, min_instances = 0, max_instances = 10 }
  }

  secret_versions = { cursor-key = "1", firebase-api-key = "1", user-hash-key = "1" }

  github = {
    owner_id      = "100000001"
    repository_id = "200000001"
    repository    = "clarity-health/clarity-loop"
    ref           = "refs/heads/main"
    environment   = "production"
  }

  alerting = {
    email           = "on-call@clarity.health"
    expects_traffic = true
  }

  audit_retention_days = 2192

  budget = { billing_account = "0A1B2C-3D4E5F-6A7B8C", monthly_amount = 2000 }

  perimeter = {
    access_policy = "300000000001"
    name          = "clarity"
    enforced      = false
    operators     = ["serviceAccount:clarity-deployer@clarity-production.iam.gserviceaccount.com"]
  }
}

output "system" {
  description = "What the first deployment and CI need to know."
  value       = module.system
}
