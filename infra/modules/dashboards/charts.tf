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
    { title = "From the stored bytes to the insight, 95th percentile (ms)", filter = local.own["upload_wait"], aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [] },
    { title = "Uploads announced", filter = local.own["upload_announced"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"format\""] },
    { title = "Uploads analysed", filter = local.own["upload_analysed"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"stage\""] },
    { title = "Uploads rejected, by reason", filter = local.own["upload_rejected"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"failure_code\""] },
    { title = "Size of an upload, 95th percentile (bytes)", filter = local.own["upload_bytes"], aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = [] },
    { title = "Shapes read", filter = local.own["upload_read"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"shape\""] },
  ]

  # Sums of what a distribution holds are asked for in PromQL, whose name of a metric has underscores.
  tokens = { for name in ["input_tokens", "output_tokens"] : name =>
    "${replace(replace(var.metric_types[name], "logging.googleapis.com/", "logging_googleapis_com:"), "/", "_")}_sum{monitored_resource=\"cloud_run_revision\"}"
  }
  spent = { for span in ["1h", "1d"] : span => join(" + ", [
    "sum(increase(${local.tokens["input_tokens"]}[${span}])) * ${var.token_price.input / 1000000}",
    "sum(increase(${local.tokens["output_tokens"]}[${span}])) * ${var.token_price.output / 1000000}",
  ]) }

  models = [
    { title = "Cost of the language model, an hour", promql = local.spent["1h"] },
    { title = "Cost of the language model, a day", promql = local.spent["1d"] },
    { title = "Input tokens an hour", promql = "sum by (model) (increase(${local.tokens["input_tokens"]}[1h]))" },
    { title = "Output tokens an hour", promql = "sum by (model) (increase(${local.tokens["output_tokens"]}[1h]))" },
    { title = "Insights, by who wrote them", filter = local.own["insight_generated"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"source\""] },
    { title = "Insights, by model", filter = local.own["insight_generated"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"model\""] },
    { title = "Degraded insights", filter = "${local.own["insight_generated"]} metric.labels.degraded=\"true\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = [] },
    { title = "No answer of the model, by reason", filter = local.own["model_answer_withheld"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"reason\""] },
    { title = "Answers refused", filter = local.own["model_answer_refused"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"attempt\""] },
    { title = "Analyses: computed or abstained", filter = local.own["upload_analysed"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.\"stage\""] },
  ]
}
