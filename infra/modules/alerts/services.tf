locals {
  revision    = "resource.type=\"cloud_run_revision\""
  per_service = ["resource.label.service_name"]

  service_alerts = {
    service-5xx = {
      severity    = "CRITICAL", runbook = "service-errors"
      summary     = "More than one request in a hundred is answered with a 5xx."
      filter      = "${local.revision} AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"5xx\""
      denominator = "${local.revision} AND metric.type=\"run.googleapis.com/request_count\""
      aligner     = "ALIGN_RATE", reducer = "REDUCE_SUM", group_by = local.per_service
      threshold   = 0.01, duration = "600s"
    }
    service-latency = {
      severity  = "WARNING", runbook = "service-latency"
      summary   = "One request in twenty to the public API takes longer than two seconds."
      filter    = "${local.revision} AND metric.type=\"${var.metric_types["request_duration"]}\""
      aligner   = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", group_by = local.per_service
      threshold = 2000, duration = "600s"
    }
    service-memory = {
      severity  = "WARNING", runbook = "service-memory"
      summary   = "Instances use more than nine tenths of their memory."
      filter    = "${local.revision} AND metric.type=\"run.googleapis.com/container/memory/utilizations\""
      aligner   = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", group_by = local.per_service
      threshold = 0.9, duration = "600s"
    }
    cold-start = {
      severity  = "WARNING", runbook = "cold-start"
      summary   = "Instances take longer than ten seconds to start."
      filter    = "${local.revision} AND metric.type=\"run.googleapis.com/container/startup_latencies\""
      aligner   = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", group_by = local.per_service
      threshold = 10000, duration = "600s"
    }
    breaker-open = {
      severity  = "CRITICAL", runbook = "language-model"
      summary   = "The breaker around the language model is open: insights are written by rules."
      filter    = "${local.revision} AND metric.type=\"${var.metric_types["model_answer_withheld"]}\" AND metric.labels.reason=\"circuit-open\""
      aligner   = "ALIGN_DELTA", reducer = "REDUCE_SUM", group_by = []
      threshold = 0, duration = "0s", window = "300s"
    }
    model-rate-limited = {
      severity    = "WARNING", runbook = "language-model"
      summary     = "More than one call in ten of the language model is refused for want of capacity."
      filter      = "${local.revision} AND metric.type=\"${var.metric_types["model_answer_withheld"]}\" AND metric.labels.reason=\"rate-limited\""
      denominator = "${local.revision} AND metric.type=\"${var.metric_types["insight_generated"]}\""
      aligner     = "ALIGN_RATE", reducer = "REDUCE_SUM", group_by = []
      threshold   = 0.1, duration = "600s"
    }
    degraded-insights = {
      severity    = "WARNING", runbook = "degraded-insights"
      summary     = "More than one insight in five is written by rules."
      filter      = "${local.revision} AND metric.type=\"${var.metric_types["insight_generated"]}\" AND metric.labels.degraded=\"true\""
      denominator = "${local.revision} AND metric.type=\"${var.metric_types["insight_generated"]}\""
      aligner     = "ALIGN_RATE", reducer = "REDUCE_SUM", group_by = []
      threshold   = 0.2, duration = "900s"
    }
    private-lines = {
      severity  = "CRITICAL", runbook = "private-log-line"
      summary   = "A log line held a token, an e-mail address or a piece of a HealthKit body. It was not kept, but it was written."
      filter    = "${local.revision} AND metric.type=\"${var.metric_types["private_lines"]}\""
      aligner   = "ALIGN_DELTA", reducer = "REDUCE_SUM", group_by = local.per_service
      threshold = 0, duration = "0s"
    }
  }

  instance_alerts = {
    for service, most in var.max_instances : "instances-${service}" => {
      severity  = "WARNING", runbook = "service-instances"
      summary   = "${service} runs nine tenths of the instances it may have."
      filter    = "${local.revision} AND resource.labels.service_name=\"${service}\" AND metric.type=\"run.googleapis.com/container/instance_count\" AND metric.labels.state=\"active\""
      aligner   = "ALIGN_MAX", reducer = "REDUCE_SUM", group_by = []
      threshold = ceil(most * 0.9) - 1, duration = "300s"
    }
  }
}
