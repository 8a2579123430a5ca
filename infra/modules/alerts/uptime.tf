# Errors of the load balancer and of the certificate show in no metric of the services.
resource "google_monitoring_uptime_check_config" "api" {
  project      = var.project_id
  display_name = "public-api"
  timeout      = "10s"
  period       = "60s"

  http_check {
    path         = "/health"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  monitored_resource {
    type = "uptime_url"

    labels = {
      project_id = var.project_id
      host       = var.domain
    }
  }
}

locals {
  uptime_alerts = {
    api-unreachable = {
      severity  = "CRITICAL", runbook = "api-unreachable"
      summary   = "The public API does not answer from several places of the world."
      filter    = "resource.type=\"uptime_url\" AND metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id=\"${google_monitoring_uptime_check_config.api.uptime_check_id}\""
      aligner   = "ALIGN_NEXT_OLDER", reducer = "REDUCE_COUNT_FALSE", group_by = ["resource.label.host"]
      threshold = 1, duration = "120s"
    }
  }
}
