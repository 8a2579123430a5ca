mock_provider "google" {}

variables {
  project_id     = "clarity-test"
  project_number = "123456789012"
  region         = "us-central1"
  kms_key_id     = "projects/clarity-test/locations/us-central1/keyRings/clarity/cryptoKeys/any"

  name            = "analysis"
  url             = "https://analysis-123456789012.us-central1.run.app"
  service_account = "clarity-analysis@clarity-test.iam.gserviceaccount.com"
  invoker_emails  = { push = "clarity-push-analysis@clarity-test.iam.gserviceaccount.com" }
  env             = { LOG_LEVEL = "info" }
  secrets         = { USER_HASH_KEY = { secret = "user-hash-key", version = "1" } }
  size            = { cpu = "1", memory = "512Mi", concurrency = 10, min_instances = 0, max_instances = 2, timeout_seconds = 60 }
}

run "a_private_service_is_reached_from_inside_by_named_callers" {
  command = plan

  module {
    source = "../service"
  }

  assert {
    condition     = google_cloud_run_v2_service.this.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY" && !google_cloud_run_v2_service.this.invoker_iam_disabled
    error_message = "The service can be reached from outside."
  }

  assert {
    condition     = !google_cloud_run_v2_service.this.default_uri_disabled && tolist(google_cloud_run_v2_service.this.custom_audiences) == tolist([var.url])
    error_message = "Pub/Sub does not reach the service, or its tokens are refused."
  }

  assert {
    condition     = alltrue([for invoker in google_cloud_run_v2_service_iam_member.invokers : startswith(invoker.member, "serviceAccount:clarity-")])
    error_message = "Somebody unnamed may call the service."
  }
}

run "the_public_service_is_reached_through_the_load_balancer_alone" {
  command = plan

  module {
    source = "../service"
  }

  variables {
    public = true
  }

  assert {
    condition     = google_cloud_run_v2_service.this.ingress == "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
    error_message = "The service can be reached past the load balancer."
  }
}

run "a_service_runs_as_itself_encrypted_with_secrets_by_reference" {
  command = plan

  module {
    source = "../service"
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].service_account == var.service_account
    error_message = "The service runs as another account."
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].encryption_key == var.kms_key_id
    error_message = "The service has no key of ours."
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].containers[0].resources[0].cpu_idle
    error_message = "The processor is paid for while nothing happens."
  }

  assert {
    condition = (
      google_cloud_run_v2_service.this.template[0].containers[0].resources[0].startup_cpu_boost &&
      google_cloud_run_v2_service.this.scaling[0].min_instance_count == var.size.min_instances &&
      google_cloud_run_v2_service.this.template[0].scaling[0].max_instance_count == var.size.max_instances &&
      google_cloud_run_v2_service.this.template[0].max_instance_request_concurrency == var.size.concurrency &&
      google_cloud_run_v2_service.this.template[0].timeout == "60s"
    )
    error_message = "An instance starts slowly, or the size is another than was asked for."
  }

  assert {
    condition = alltrue([
      for env in google_cloud_run_v2_service.this.template[0].containers[0].env :
      env.name == "USER_HASH_KEY" ? one(env.value_source[*].secret_key_ref[0].secret) == "user-hash-key" : true
    ])
    error_message = "A secret stands in clear."
  }

  assert {
    condition = [
      for probes in [
        google_cloud_run_v2_service.this.template[0].containers[0].startup_probe,
        google_cloud_run_v2_service.this.template[0].containers[0].readiness_probe,
        google_cloud_run_v2_service.this.template[0].containers[0].liveness_probe,
      ] : one(probes).http_get[0].path
    ] == ["/health", "/ready", "/health"]
    error_message = "A probe is missing, or an instance is killed for what it depends on."
  }
}

run "the_default_account_and_emulators_are_refused" {
  command = plan

  module {
    source = "../service"
  }

  variables {
    service_account = "123456789012-compute@developer.gserviceaccount.com"
    env             = { PUBSUB_EMULATOR_HOST = "localhost:8085" }
  }

  expect_failures = [var.service_account, var.env]
}
