# Each pair of windows asks: is the budget burning fast, and is it still burning now?
locals {
  slos = {
    availability = google_monitoring_slo.availability.name
    latency      = google_monitoring_slo.latency.name
    delivery     = google_monitoring_slo.delivery.name
    freshness    = google_monitoring_slo.freshness.name

    upload-to-insight = google_monitoring_slo.upload_to_insight.name
  }

  pairs = {
    fast = { long = "3600s", short = "300s", burn = 14.4, severity = "CRITICAL", spent = "2 % of the month's budget in an hour" }
    slow = { long = "21600s", short = "1800s", burn = 6, severity = "CRITICAL", spent = "5 % of the month's budget in six hours" }
    long = { long = "259200s", short = "21600s", burn = 1, severity = "WARNING", spent = "10 % of the month's budget in three days" }
  }

  burns = merge([
    for slo in keys(local.slos) : { for pair in keys(local.pairs) : "${slo}-${pair}" => { slo = slo, pair = local.pairs[pair] } }
  ]...)
}

resource "google_monitoring_alert_policy" "burn" {
  for_each = local.burns

  project               = var.project_id
  display_name          = "SLO ${each.value.slo}: ${each.value.pair.spent}"
  combiner              = "AND"
  severity              = each.value.pair.severity
  notification_channels = var.notification_channels

  dynamic "conditions" {
    for_each = toset([each.value.pair.long, each.value.pair.short])

    content {
      display_name = "burn rate over ${conditions.key}"

      condition_threshold {
        filter          = "select_slo_burn_rate(\"${local.slos[each.value.slo]}\", \"${conditions.key}\")"
        comparison      = "COMPARISON_GT"
        threshold_value = each.value.pair.burn
        duration        = "0s"

        trigger {
          count = 1
        }
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "${each.value.pair.spent} of ${each.value.slo} is gone. Runbook: ${var.runbooks_url}/slo-burn.md"

    links {
      display_name = "Runbook"
      url          = "${var.runbooks_url}/slo-burn.md"
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }
}
