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
  }
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
