resource "google_cloud_run_v2_service" "this" {
  project  = var.project_id
  name     = var.name
  location = var.region

  # Pub/Sub and the load balancer count as internal; Pub/Sub reaches the run.app name alone, so it stays on.
  ingress              = var.public ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_INTERNAL_ONLY"
  default_uri_disabled = false
  custom_audiences     = [var.url]
  deletion_protection  = true

  # Callers of the public service bear tokens of people, which the service checks, not Cloud Run.
  invoker_iam_disabled = var.public

  # Of the service, not of a revision: revisions behind a traffic tag then keep no instances of their own.
  scaling {
    min_instance_count = var.size.min_instances
  }

  template {
    service_account                  = var.service_account
    encryption_key                   = var.kms_key_id
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    timeout                          = "${var.size.timeout_seconds}s"
    max_instance_request_concurrency = var.size.concurrency

    scaling {
      max_instance_count = var.size.max_instances
    }

    dynamic "vpc_access" {
      for_each = var.egress[*]

      content {
        egress = "PRIVATE_RANGES_ONLY"

        network_interfaces {
          network    = vpc_access.value.network
          subnetwork = vpc_access.value.subnetwork
        }
      }
    }

    containers {
      name = var.name

      # Google's sample, until the first build.
      image = "us-docker.pkg.dev/cloudrun/container/hello"

      ports {
        container_port = 8080
      }

      resources {
        limits = { cpu = var.size.cpu, memory = var.size.memory }

        # Paid by the request: the services flush their telemetry before they answer.
        cpu_idle          = true
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = var.env

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = var.secrets

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.value.secret
              version = env.value.version
            }
          }
        }
      }

      # A service listens once it has loaded what it needs.
      startup_probe {
        period_seconds    = 2
        timeout_seconds   = 2
        failure_threshold = 30

        http_get {
          path = "/health"
          port = 8080
        }
      }

      # While what it depends on does not answer, an instance gets no requests, but is not killed for it.
      readiness_probe {
        period_seconds    = 10
        timeout_seconds   = 5
        failure_threshold = 3
        success_threshold = 1

        http_get {
          path = "/ready"
          port = 8080
        }
      }

      liveness_probe {
        period_seconds    = 30
        timeout_seconds   = 5
        failure_threshold = 3

        http_get {
          path = "/health"
          port = 8080
        }
      }
    }
  }

  # Terraform owns the service: who may call it, as whom it runs, its variables, size and probes.
  # Cloud Build owns what runs there: the image of each revision, its labels, and the traffic between them. The name that
  # it gave its last revision must not be kept: Cloud Run refuses (409) another configuration under a name it knows.
  lifecycle {
    ignore_changes = [
      client,
      client_version,
      template[0].containers[0].image,
      template[0].labels,
      traffic,
    ]
  }
}

resource "google_cloud_run_v2_service_iam_member" "invokers" {
  for_each = var.invoker_emails

  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_service.this.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${each.value}"
}
