locals {
  run_requests  = "resource.type=\"cloud_run_revision\" resource.labels.service_name=\"ingestion\" metric.type=\"run.googleapis.com/request_count\""
  subscriptions = "resource.type=\"pubsub_subscription\" resource.labels.subscription_id=one_of(${join(",", [for name in var.push_subscriptions : "\"${name}\""])})"
  pushes        = "${local.subscriptions} metric.type=\"pubsub.googleapis.com/subscription/push_request_count\""
}

resource "google_monitoring_custom_service" "this" {
  for_each = { api = "The public API", pipeline = "From upload to insight" }

  project      = var.project_id
  service_id   = "clarity-${each.key}"
  display_name = each.value
}

resource "google_monitoring_slo" "availability" {
  project             = var.project_id
  service             = google_monitoring_custom_service.this["api"].service_id
  slo_id              = "availability"
  display_name        = "99.5 % of requests are not answered with 5xx"
  goal                = 0.995
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      total_service_filter = local.run_requests
      bad_service_filter   = "${local.run_requests} metric.labels.response_code_class=\"5xx\""
    }
  }
}

resource "google_monitoring_slo" "latency" {
  project             = var.project_id
  service             = google_monitoring_custom_service.this["api"].service_id
  slo_id              = "latency"
  display_name        = "95 % of requests are answered within 500 ms"
  goal                = 0.95
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = "resource.type=\"cloud_run_revision\" metric.type=\"${var.metric_types["request_duration"]}\""

      range {
        max = 500
      }
    }
  }
}

resource "google_monitoring_slo" "delivery" {
  project             = var.project_id
  service             = google_monitoring_custom_service.this["pipeline"].service_id
  slo_id              = "delivery"
  display_name        = "99 % of pushes are acknowledged"
  goal                = 0.99
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      total_service_filter = local.pushes
      good_service_filter  = "${local.pushes} metric.labels.response_class=\"ack\""
    }
  }
}

resource "google_monitoring_slo" "freshness" {
  project             = var.project_id
  service             = google_monitoring_custom_service.this["pipeline"].service_id
  slo_id              = "freshness"
  display_name        = "In 99 % of five minutes no message is older than five minutes"
  goal                = 0.99
  rolling_period_days = 28

  windows_based_sli {
    window_period = "300s"

    metric_mean_in_range {
      time_series = "${local.subscriptions} metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""

      range {
        max = 300
      }
    }
  }
}

resource "google_monitoring_slo" "upload_to_insight" {
  project             = var.project_id
  service             = google_monitoring_custom_service.this["pipeline"].service_id
  slo_id              = "upload-to-insight"
  display_name        = "95 % of uploads have their insight within 30 s"
  goal                = 0.95
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = "resource.type=\"cloud_run_revision\" metric.type=\"${var.metric_types["upload_wait"]}\""

      range {
        max = 30000
      }
    }
  }
}
