resource "google_logging_metric" "events" {
  for_each = local.events

  project          = var.project_id
  name             = "clarity/${each.value.service}/${each.key}"
  description      = "Lines of ${each.value.service} that say: ${each.value.message}."
  filter           = local.filters[each.key]
  label_extractors = { for label in each.value.labels : label => "EXTRACT(jsonPayload.${label})" }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"

    dynamic "labels" {
      for_each = each.value.labels

      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }
}

resource "google_logging_metric" "amounts" {
  for_each = local.amounts

  project          = var.project_id
  name             = "clarity/${local.events[each.value.event].service}/${each.key}"
  description      = "${each.value.field} of: ${local.events[each.value.event].message}."
  filter           = local.filters[each.value.event]
  value_extractor  = "EXTRACT(jsonPayload.${each.value.field})"
  label_extractors = { for label in each.value.labels : label => "EXTRACT(jsonPayload.${label})" }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = each.value.unit

    dynamic "labels" {
      for_each = each.value.labels

      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }

  bucket_options {
    exponential_buckets {
      num_finite_buckets = 20
      growth_factor      = 2
      scale              = each.value.scale
    }
  }
}

# Cloud Run's own latencies mix in answers that stream for minutes by design; the services' request lines know the route.
resource "google_logging_metric" "request_duration" {
  project         = var.project_id
  name            = "clarity/ingestion/request_duration"
  description     = "Duration of the public API's requests, streamed answers left out."
  filter          = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"ingestion\" AND jsonPayload.message=\"request\" AND NOT jsonPayload.route=~\"/(events|export)$\""
  value_extractor = "EXTRACT(jsonPayload.duration_ms)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "ms"
  }

  bucket_options {
    explicit_buckets {
      bounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000]
    }
  }
}

# Not among the amounts: the objective needs a bucket that ends where the promise does.
resource "google_logging_metric" "upload_wait" {
  project         = var.project_id
  name            = "clarity/insight/upload_wait"
  description     = "Time from the stored bytes of an upload to its insight."
  filter          = local.filters["upload_narrated"]
  value_extractor = "EXTRACT(jsonPayload.duration_ms)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "ms"
  }

  bucket_options {
    explicit_buckets {
      bounds = [1000, 2500, 5000, 10000, 20000, 30000, 60000, 120000, 300000, 900000]
    }
  }
}

resource "google_logging_metric" "private_lines" {
  project     = var.project_id
  name        = "clarity/private_lines"
  description = "Lines that held what no line may hold; they are not kept."
  filter      = var.private_filter

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}
