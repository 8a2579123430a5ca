locals {
  run    = "resource.type=\"cloud_run_revision\" metric.type=\"run.googleapis.com"
  pubsub = "resource.type=\"pubsub_subscription\" metric.type=\"pubsub.googleapis.com/subscription"
  own    = { for name, type in var.metric_types : name => "resource.type=\"cloud_run_revision\" metric.type=\"${type}\"" }

  service      = "resource.label.\"service_name\""
  subscription = "resource.label.\"subscription_id\""

  # latency, traffic, errors, saturation
  golden_signals = [
    { title = "Requests a second", filter = "${local.run}/request_count\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = [local.service] },
    { title = "5xx a second", filter = "${local.run}/request_count\" metric.labels.response_code_class=\"5xx\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = [local.service] },
    { title = "Public API, 95th percentile (ms)", filter = local.own["request_duration"], aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [local.service] },
    { title = "All requests, 95th percentile (ms)", filter = "${local.run}/request_latencies\"", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [local.service] },
    { title = "Memory, 99th percentile", filter = "${local.run}/container/memory/utilizations\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = [local.service] },
    { title = "CPU, 99th percentile", filter = "${local.run}/container/cpu/utilizations\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = [local.service] },
    { title = "Instances", filter = "${local.run}/container/instance_count\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = [local.service, "metric.label.\"state\""] },
    { title = "Start of an instance, 95th percentile (ms)", filter = "${local.run}/container/startup_latencies\"", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [local.service] },
  ]

  pipeline = [
    { title = "Age of the oldest message (s)", filter = "${local.pubsub}/oldest_unacked_message_age\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = [local.subscription] },
    { title = "Messages that wait", filter = "${local.pubsub}/num_undelivered_messages\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = [local.subscription] },
    { title = "Pushes a second, by answer", filter = "${local.pubsub}/push_request_count\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = [local.subscription, "metric.label.\"response_class\""] },
    { title = "Duration of a push, 95th percentile (µs)", filter = "${local.pubsub}/push_request_latencies\"", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [local.subscription] },
    { title = "Sent to the dead letters", filter = "${local.pubsub}/dead_letter_message_count\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = [local.subscription] },
    { title = "Uploads announced", filter = local.own["upload_announced"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"format\""] },
    { title = "Uploads analysed", filter = local.own["upload_analysed"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"stage\""] },
    { title = "Uploads rejected, by reason", filter = local.own["upload_rejected"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"failure_code\""] },
    { title = "Size of an upload, 95th percentile (bytes)", filter = local.own["upload_bytes"], aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [] },
    { title = "Shapes read", filter = local.own["upload_read"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"shape\""] },
  ]

  # Tokens are what the language model is paid by: mean × count is the amount; prices change, so they are not here.
  models = [
    { title = "Insights, by who wrote them", filter = local.own["insight_generated"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"source\""] },
    { title = "Degraded insights", filter = "${local.own["insight_generated"]} metric.labels.degraded=\"true\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = [] },
    { title = "Input tokens of an insight, mean", filter = local.own["input_tokens"], aligner = "ALIGN_DELTA", reducer = "REDUCE_MEAN", by = ["metric.label.\"model\""] },
    { title = "Output tokens of an insight, mean", filter = local.own["output_tokens"], aligner = "ALIGN_DELTA", reducer = "REDUCE_MEAN", by = ["metric.label.\"model\""] },
    { title = "Insights paid for, by model", filter = local.own["insight_generated"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"model\""] },
    { title = "No answer of the model, by reason", filter = local.own["model_answer_withheld"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"reason\""] },
    { title = "Answers refused", filter = local.own["model_answer_refused"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"attempt\""] },
    { title = "Analyses: computed or abstained", filter = local.own["upload_analysed"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"stage\""] },
  ]
}
