locals {
  alerts = merge(local.pipeline_alerts, local.service_alerts, local.instance_alerts, local.uptime_alerts)
}

resource "google_monitoring_alert_policy" "threshold" {
  for_each = local.alerts

  project               = var.project_id
  display_name          = each.key
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels

  conditions {
    display_name = each.value.summary

    condition_threshold {
      filter             = each.value.filter
      denominator_filter = try(each.value.denominator, null)
      comparison         = "COMPARISON_GT"
      threshold_value    = each.value.threshold
      duration           = each.value.duration

      aggregations {
        alignment_period     = try(each.value.window, "60s")
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
        group_by_fields      = each.value.group_by
      }

      dynamic "denominator_aggregations" {
        for_each = try(each.value.denominator, null) == null ? [] : [each.value]

        content {
          alignment_period     = "60s"
          per_series_aligner   = denominator_aggregations.value.aligner
          cross_series_reducer = denominator_aggregations.value.reducer
          group_by_fields      = denominator_aggregations.value.group_by
        }
      }

      trigger {
        count = 1
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "${each.value.summary} Runbook: ${var.runbooks_url}/${each.value.runbook}.md"

    links {
      display_name = "Runbook"
      url          = "${var.runbooks_url}/${each.value.runbook}.md"
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }
}

resource "google_monitoring_alert_policy" "silence" {
  count = var.expects_traffic ? 1 : 0

  project               = var.project_id
  display_name          = "pipeline-silent"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "No push for an hour."

    condition_absent {
      filter   = "${local.pushed} AND ${local.subscription}/push_request_count\""
      duration = "3600s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "No message was pushed for an hour. Runbook: ${var.runbooks_url}/pipeline-silent.md"

    links {
      display_name = "Runbook"
      url          = "${var.runbooks_url}/pipeline-silent.md"
    }
  }
}

resource "google_monitoring_alert_policy" "security" {
  project               = var.project_id
  display_name          = "security-change"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "A policy, a key, a log sink or an exclusion was changed."

    condition_matched_log {
      filter = join(" AND ", [
        "logName:\"cloudaudit.googleapis.com%2Factivity\"",
        "(protoPayload.methodName=~\"SetIamPolicy|setIamPermissions|CreateServiceAccountKey\" OR protoPayload.methodName=~\"DestroyCryptoKeyVersion|UpdateCryptoKeyVersion\" OR protoPayload.methodName=~\"(Update|Delete)(Sink|Exclusion|Bucket)\" OR protoPayload.methodName=~\"CreateExclusion\")",
      ])

      label_extractors = { method = "EXTRACT(protoPayload.methodName)" }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "Somebody changed who may do what, a key, or what is logged. Runbook: ${var.runbooks_url}/security-change.md"

    links {
      display_name = "Runbook"
      url          = "${var.runbooks_url}/security-change.md"
    }
  }

  alert_strategy {
    auto_close = "86400s"

    notification_rate_limit {
      period = "300s"
    }
  }
}
