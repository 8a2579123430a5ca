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

# Applied, because what a channel is called is known only then.
run "every_alert_watches_what_it_says_tells_somebody_and_names_its_runbook" {
  command = apply

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
    condition = alltrue([
      for policy in concat(
        values(google_monitoring_alert_policy.threshold), google_monitoring_alert_policy.silence,
        [google_monitoring_alert_policy.security],
      ) : toset(policy.notification_channels) == toset([google_monitoring_notification_channel.email.name])
    ])
    error_message = "Nobody hears of an alert."
  }

  # 18 of 20 instances are nine tenths; the threshold is what must be exceeded.
  assert {
    condition = jsonencode({
      for name, policy in google_monitoring_alert_policy.threshold : name => one([
        for condition in policy.conditions[0].condition_threshold :
        "${regex("metric.type=\"([^\"]+)", condition.filter)[0]} > ${condition.threshold_value} for ${condition.duration}"
      ])
      }) == jsonencode({
      api-unreachable        = "monitoring.googleapis.com/uptime_check/check_passed > 1 for 120s"
      breaker-open           = "logging.googleapis.com/user/e > 0 for 0s"
      cold-start             = "run.googleapis.com/container/startup_latencies > 10000 for 600s"
      dead-letter-backlog    = "pubsub.googleapis.com/subscription/num_undelivered_messages > 0 for 0s"
      dead-letter-forwarding = "pubsub.googleapis.com/subscription/dead_letter_message_count > 0 for 0s"
      degraded-insights      = "logging.googleapis.com/user/f > 0.2 for 900s"
      given-up               = "logging.googleapis.com/user/a > 0 for 0s"
      instances-ingestion    = "run.googleapis.com/container/instance_count > 17 for 300s"
      model-rate-limited     = "logging.googleapis.com/user/e > 0.1 for 600s"
      oldest-unacked         = "pubsub.googleapis.com/subscription/oldest_unacked_message_age > 300 for 300s"
      oldest-unacked-long    = "pubsub.googleapis.com/subscription/oldest_unacked_message_age > 1800 for 300s"
      private-lines          = "logging.googleapis.com/user/g > 0 for 0s"
      push-4xx               = "pubsub.googleapis.com/subscription/push_request_count > 0 for 0s"
      push-5xx               = "pubsub.googleapis.com/subscription/push_request_count > 0.2 for 300s"
      push-errors            = "pubsub.googleapis.com/subscription/push_request_count > 0.05 for 600s"
      service-5xx            = "run.googleapis.com/request_count > 0.01 for 600s"
      service-latency        = "logging.googleapis.com/user/d > 2000 for 600s"
      service-memory         = "run.googleapis.com/container/memory/utilizations > 0.9 for 600s"
      uploads-rejected       = "logging.googleapis.com/user/b > 0.1 for 900s"
    })
    error_message = "An alert is missing, or watches another metric or threshold."
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
  command = apply

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

  assert {
    condition     = jsonencode(output.goals) == jsonencode({ availability = 0.995, delivery = 0.99, freshness = 0.99, latency = 0.95, upload-to-insight = 0.95 })
    error_message = "An objective promises something else."
  }

  assert {
    condition = toset(flatten([
      for policy in google_monitoring_alert_policy.burn : [
        for condition in policy.conditions :
        "${regex("\"([0-9]+s)\"", condition.condition_threshold[0].filter)[0]} ${condition.condition_threshold[0].threshold_value} ${policy.severity}"
      ]
      ])) == toset([
      "3600s 14.4 CRITICAL", "300s 14.4 CRITICAL", "21600s 6 CRITICAL", "1800s 6 CRITICAL", "259200s 1 WARNING", "21600s 1 WARNING",
    ])
    error_message = "Another rate or window: a budget burns unseen, or somebody is woken for nothing."
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.burn : toset(policy.notification_channels) == toset(var.notification_channels)])
    error_message = "Nobody hears of a budget that burns."
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

  assert {
    condition     = toset([for rule in google_billing_budget.this.threshold_rules : rule.threshold_percent]) == toset([0.5, 0.9, 1])
    error_message = "Half, nine tenths and all of it are told."
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
