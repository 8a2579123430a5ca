locals {
  pushed       = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=one_of(${join(",", [for name in var.push_subscriptions : "\"${name}\""])})"
  dead         = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=one_of(${join(",", [for name in var.dead_letter_subscriptions : "\"${name}\""])})"
  subscription = "metric.type=\"pubsub.googleapis.com/subscription"

  pipeline_alerts = {
    dead-letter-backlog = {
      severity  = "CRITICAL", runbook = "dead-letters"
      summary   = "Messages wait among the dead letters: some person's data is not analysed."
      filter    = "${local.dead} AND ${local.subscription}/num_undelivered_messages\""
      aligner   = "ALIGN_MAX", reducer = "REDUCE_MAX", group_by = ["resource.label.subscription_id"]
      threshold = 0, duration = "0s"
    }
    dead-letter-forwarding = {
      severity  = "WARNING", runbook = "dead-letters"
      summary   = "A message went to the dead letters."
      filter    = "${local.pushed} AND ${local.subscription}/dead_letter_message_count\""
      aligner   = "ALIGN_DELTA", reducer = "REDUCE_SUM", group_by = ["resource.label.subscription_id"]
      threshold = 0, duration = "0s"
    }
    oldest-unacked = {
      severity  = "WARNING", runbook = "pipeline-lag"
      summary   = "A message has waited longer than five minutes."
      filter    = "${local.pushed} AND ${local.subscription}/oldest_unacked_message_age\""
      aligner   = "ALIGN_MAX", reducer = "REDUCE_MAX", group_by = ["resource.label.subscription_id"]
      threshold = 300, duration = "300s"
    }
    oldest-unacked-long = {
      severity  = "CRITICAL", runbook = "pipeline-lag"
      summary   = "A message has waited longer than half an hour."
      filter    = "${local.pushed} AND ${local.subscription}/oldest_unacked_message_age\""
      aligner   = "ALIGN_MAX", reducer = "REDUCE_MAX", group_by = ["resource.label.subscription_id"]
      threshold = 1800, duration = "300s"
    }
    push-errors = {
      severity    = "WARNING", runbook = "push-errors"
      summary     = "More than one push in twenty is not acknowledged."
      filter      = "${local.pushed} AND ${local.subscription}/push_request_count\" AND metric.labels.response_class!=\"ack\""
      denominator = "${local.pushed} AND ${local.subscription}/push_request_count\""
      aligner     = "ALIGN_RATE", reducer = "REDUCE_SUM", group_by = ["resource.label.subscription_id"]
      threshold   = 0.05, duration = "600s"
    }
    push-5xx = {
      severity    = "CRITICAL", runbook = "push-errors"
      summary     = "More than one push in five ends in a 5xx: a service or what it depends on is down."
      filter      = "${local.pushed} AND ${local.subscription}/push_request_count\" AND metric.labels.response_class=\"remote_server_5xx\""
      denominator = "${local.pushed} AND ${local.subscription}/push_request_count\""
      aligner     = "ALIGN_RATE", reducer = "REDUCE_SUM", group_by = ["resource.label.subscription_id"]
      threshold   = 0.2, duration = "300s"
    }
    push-4xx = {
      severity  = "CRITICAL", runbook = "push-refused"
      summary   = "A service refuses pushes: identity, audience or envelope do not fit, and every message will be a dead letter."
      filter    = "${local.pushed} AND ${local.subscription}/push_request_count\" AND metric.labels.response_class=\"remote_server_4xx\""
      aligner   = "ALIGN_DELTA", reducer = "REDUCE_SUM", group_by = ["resource.label.subscription_id"]
      threshold = 0, duration = "0s", window = "300s"
    }
    given-up = {
      severity  = "CRITICAL", runbook = "dead-letters"
      summary   = "An upload was given up after its last delivery attempt."
      filter    = "resource.type=\"cloud_run_revision\" AND metric.type=\"${var.metric_types["upload_exhausted"]}\""
      aligner   = "ALIGN_DELTA", reducer = "REDUCE_SUM", group_by = []
      threshold = 0, duration = "0s"
    }
    uploads-rejected = {
      severity    = "WARNING", runbook = "uploads-rejected"
      summary     = "More than one upload in ten cannot be read: a client may have changed its format."
      filter      = "resource.type=\"cloud_run_revision\" AND metric.type=\"${var.metric_types["upload_rejected"]}\""
      denominator = "resource.type=\"cloud_run_revision\" AND metric.type=\"${var.metric_types["upload_announced"]}\""
      aligner     = "ALIGN_RATE", reducer = "REDUCE_SUM", group_by = []
      threshold   = 0.1, duration = "900s"
    }
  }
}
