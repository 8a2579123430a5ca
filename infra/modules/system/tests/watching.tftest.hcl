mock_provider "google" {}

variables {
  project_id                = "clarity-test"
  runbooks_url              = "https://example.org/docs/operations"
  private_filter            = "textPayload:\"secret\""
  domain                    = "api.example.org"
  email                     = "sre@example.org"
  expects_traffic           = true
  max_instances             = { ingestion = 20 }
  push_subscriptions        = ["health-data-processing-push"]
  dead_letter_subscriptions = ["health-data-processing-dead-letter"]
  notification_channels     = ["projects/clarity-test/notificationChannels/1"]
  project_number            = "123456789012"
  billing_account           = "0A1B2C-3D4E5F-6A7B8C"
  monthly_amount            = 100
  metric_types = {
    upload_exhausted      = "logging.googleapis.com/user/a"
    upload_rejected       = "logging.googleapis.com/user/b"
    upload_announced      = "logging.googleapis.com/user/c"
    request_duration      = "logging.googleapis.com/user/d"
    upload_wait           = "logging.googleapis.com/user/w"
    model_answer_withheld = "logging.googleapis.com/user/e"
    insight_generated     = "logging.googleapis.com/user/f"
    private_lines         = "logging.googleapis.com/user/g"
    input_tokens          = "logging.googleapis.com/user/clarity/insight/input_tokens"
    output_tokens         = "logging.googleapis.com/user/clarity/insight/output_tokens"
    model_answer_refused  = "logging.googleapis.com/user/h"
    upload_analysed       = "logging.googleapis.com/user/i"
    upload_read           = "logging.googleapis.com/user/j"
    upload_bytes          = "logging.googleapis.com/user/k"
  }
  token_price = { input = 1.5, output = 9 }
}

run "every_alert_names_its_runbook" {
  command = plan

  module {
    source = "../alerts"
  }

  assert {
    condition = alltrue([
      for policy in concat(
        values(google_monitoring_alert_policy.threshold), google_monitoring_alert_policy.silence,
        [google_monitoring_alert_policy.security],
      ) : can(regex("^${var.runbooks_url}/[a-z0-9-]+\\.md$", policy.documentation[0].links[0].url))
    ])
    error_message = "An alert says nothing about what to do."
  }

  assert {
    condition     = google_monitoring_alert_policy.threshold["dead-letter-backlog"].conditions[0].condition_threshold[0].threshold_value == 0
    error_message = "One dead letter is one too many."
  }

  assert {
    condition     = google_monitoring_alert_policy.threshold["instances-ingestion"].conditions[0].condition_threshold[0].threshold_value == 17
    error_message = "18 of 20 instances are nine tenths."
  }
}

run "silence_is_no_fault_where_nobody_is_expected" {
  command = plan

  module {
    source = "../alerts"
  }

  variables {
    expects_traffic = false
  }

  assert {
    condition     = length(google_monitoring_alert_policy.silence) == 0
    error_message = "Staging would wake somebody."
  }
}

run "every_objective_is_watched_over_three_pairs_of_windows" {
  command = plan

  module {
    source = "../slos"
  }

  assert {
    condition     = length(google_monitoring_alert_policy.burn) == 3 * length(output.goals)
    error_message = "An objective can be missed unseen."
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.burn : policy.combiner == "AND" && length(policy.conditions) == 2])
    error_message = "A burn rate alert needs its long and its short window."
  }
}

run "the_budget_warns_before_it_is_spent" {
  command = plan

  module {
    source = "../budget"
  }

  assert {
    condition     = length([for rule in google_billing_budget.this.threshold_rules : rule if rule.spend_basis == "FORECASTED_SPEND"]) == 1
    error_message = "Nobody hears of a forecast."
  }
}

run "what_the_language_model_costs_is_tokens_times_their_price" {
  command = plan

  module {
    source = "../dashboards"
  }

  assert {
    condition = (
      jsondecode(google_monitoring_dashboard.this["Clarity: models and their cost"].dashboard_json)
      .mosaicLayout.tiles[0].widget.xyChart.dataSets[0].timeSeriesQuery.prometheusQuery ==
      join(" + ", [
        "sum(increase(logging_googleapis_com:user_clarity_insight_input_tokens_sum{monitored_resource=\"cloud_run_revision\"}[1h])) * 0.0000015",
        "sum(increase(logging_googleapis_com:user_clarity_insight_output_tokens_sum{monitored_resource=\"cloud_run_revision\"}[1h])) * 0.000009",
      ])
    )
    error_message = "The cost is asked for under another name, or at another price."
  }

  assert {
    condition = alltrue([
      for title, charts in { for title, dashboard in google_monitoring_dashboard.this : title => jsondecode(dashboard.dashboard_json).mosaicLayout.tiles } :
      alltrue([for chart in charts : length(keys(chart.widget.xyChart.dataSets[0].timeSeriesQuery)) == 1])
    ])
    error_message = "A chart asks for nothing, or for two things."
  }
}
