# A build runs outside of the network and cannot reach a service of ours; this job can. It asks one revision by its tag:
#   gcloud run jobs execute smoke-test --wait --update-env-vars=URL=https://TAG---…,AUDIENCE=https://…
resource "google_cloud_run_v2_job" "this" {
  project             = var.project_id
  name                = "smoke-test"
  location            = var.region
  deletion_protection = false

  template {
    task_count = 1

    template {
      service_account = var.runner_email
      encryption_key  = var.kms_key_id
      max_retries     = 0
      timeout         = "120s"

      containers {
        image   = "gcr.io/google.com/cloudsdktool/google-cloud-cli:528.0.0-slim"
        command = ["bash", "-ceu"]
        args = [<<-EOT
          token=$(curl -fsS -H Metadata-Flavor:Google \
            "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=$AUDIENCE")
          curl -fsS --retry 5 --retry-delay 2 -o /dev/null -H "Authorization: Bearer $token" "$URL/ready"
        EOT
        ]
      }

      vpc_access {
        egress = "PRIVATE_RANGES_ONLY"

        network_interfaces {
          network    = var.egress.network
          subnetwork = var.egress.subnetwork
        }
      }
    }
  }
}

# Starting it, and seeing how it ended.
resource "google_cloud_run_v2_job_iam_member" "runner" {
  for_each = toset(["roles/run.jobsExecutorWithOverrides", "roles/run.viewer"])

  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_job.this.name
  role     = each.key
  member   = "serviceAccount:${var.runner_email}"
}
