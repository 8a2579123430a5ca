mock_provider "google" {}

variables {
  project_id     = "clarity-test"
  project_number = "123456789012"
  region         = "us-central1"
  domain         = "api.example.org"
  raw_bucket     = "clarity-test-raw"
  language_model = { location = "us", name = "gemini-3.5-flash", token_price = { input = 1, output = 2 } }
  sizes = {
    ingestion = { cpu = "1", memory = "1Gi", concurrency = 20, min_instances = 0, max_instances = 2 }
    analysis  = { cpu = "2", memory = "4Gi", concurrency = 4, min_instances = 0, max_instances = 2 }
    insight   = { cpu = "1", memory = "512Mi", concurrency = 40, min_instances = 0, max_instances = 2 }
  }
  trace_sample_ratio   = 1
  secret_versions      = { cursor-key = "1", firebase-api-key = "1", user-hash-key = "1" }
  github               = { owner_id = "1", repository_id = "2", repository = "owner/name", ref = "refs/heads/main", environment = "staging" }
  alerting             = { email = "sre@example.org", expects_traffic = true }
  audit_retention_days = 30
  budget               = { billing_account = "0A1B2C-3D4E5F-6A7B8C", monthly_amount = 100 }
}

run "the_whole_system_can_be_planned" {
  command = plan

  assert {
    condition     = output.service_urls["analysis"] == "https://analysis-123456789012.us-central1.run.app"
    error_message = "The services' URLs are the ones that Cloud Run derives."
  }

  assert {
    condition     = toset(output.secret_ids) == toset(["cursor-key", "firebase-api-key", "user-hash-key"])
    error_message = "A secret is missing, or nobody reads it."
  }
}

run "health_data_stays_in_a_jurisdiction" {
  command = plan

  variables {
    language_model = { location = "global", name = "gemini-3.5-flash", token_price = { input = 1, output = 2 } }
  }

  expect_failures = [var.language_model]
}

run "previews_and_moving_secrets_are_refused" {
  command = plan

  variables {
    language_model  = { location = "us", name = "gemini-4-preview", token_price = { input = 1, output = 2 } }
    secret_versions = { cursor-key = "latest", firebase-api-key = "1", user-hash-key = "1" }
  }

  expect_failures = [var.language_model, var.secret_versions]
}
