locals {
  emails = module.identities.emails
  egress = { network = module.network.network, subnetwork = module.network.subnetwork }

  # Known before the services are made, so that each can be told its own.
  urls = {
    for name in ["ingestion", "analysis", "insight"] : name => "https://${name}-${var.project_number}.${var.region}.run.app"
  }

  # Seconds, one inside the other: a service's own deadline, then Cloud Run's, then Pub/Sub's wait for an answer.
  # The deadlines are the code's: 30 s for a person's request, 540 s for an upload, 110 s for an insight. Uploads and
  # streamed answers outlast the first, so ingestion gets Cloud Run's longer limit.
  timeouts      = { ingestion = 600, analysis = 570, insight = 120 }
  ack_deadlines = { ingestion = 600, analysis = 600, insight = 150 }

  common_env = {
    GOOGLE_CLOUD_PROJECT = var.project_id
    LOG_LEVEL            = var.log_level
    METRICS_PORT         = "9464"
    OTEL_TRACES_EXPORTER = "google"
    REQUEST_DEADLINE_MS  = "30000"
    TRACE_SAMPLE_RATIO   = tostring(var.trace_sample_ratio)

    # Read by Google's client itself: topics take messages in their own region alone, and Google's common name for
    # Pub/Sub may lead to another.
    CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB = "https://${var.region}-pubsub.googleapis.com"
  }

  # The variables that each service's config schema names; a value that is secret stands under its secret's name.
  services = {
    ingestion = {
      env = {
        ANALYSIS_URL          = local.urls["analysis"]
        AUTH_CALLS_PER_MINUTE = tostring(var.auth_calls_per_minute)
        COUNT_USER_ENTERED    = tostring(var.count_user_entered)
        INSIGHT_URL           = local.urls["insight"]
        PUSH_AUDIENCE         = local.urls["ingestion"]
        PUSH_SERVICE_ACCOUNT  = local.emails["clarity-push-ingestion"]
        RAW_BUCKET            = var.raw_bucket
      }
      secrets = { CURSOR_KEY = "cursor-key", FIREBASE_API_KEY = "firebase-api-key", USER_HASH_KEY = "user-hash-key" }
      callers = ["clarity-push-ingestion"]
    }
    analysis = {
      env = {
        COUNT_USER_ENTERED       = tostring(var.count_user_entered)
        INFERENCE_THREADS        = tostring(ceil(tonumber(var.sizes["analysis"].cpu)))
        INTERNAL_SERVICE_ACCOUNT = local.emails["clarity-ingestion"]
        MODEL_DIR                = "/app/models/pat-s"
        PUSH_AUDIENCE            = local.urls["analysis"]
        PUSH_SERVICE_ACCOUNT     = local.emails["clarity-push-analysis"]
        RAW_BUCKET               = var.raw_bucket
      }
      secrets = { USER_HASH_KEY = "user-hash-key" }
      callers = ["clarity-ingestion", "clarity-push-analysis"]
    }
    insight = {
      env = {
        INTERNAL_SERVICE_ACCOUNT = local.emails["clarity-ingestion"]
        PUSH_AUDIENCE            = local.urls["insight"]
        PUSH_SERVICE_ACCOUNT     = local.emails["clarity-push-insight"]
        VERTEX_LOCATION          = var.language_model.location
        VERTEX_MODEL             = var.language_model.name
      }
      secrets = { USER_HASH_KEY = "user-hash-key" }
      callers = ["clarity-ingestion", "clarity-push-insight"]
    }
  }
}

module "services" {
  source   = "../service"
  for_each = local.services

  project_id      = var.project_id
  region          = var.region
  kms_key_id      = module.kms.key_ids["services"]
  name            = each.key
  url             = local.urls[each.key]
  service_account = local.emails["clarity-${each.key}"]
  public          = each.key == "ingestion"
  invoker_emails  = { for caller in each.value.callers : caller => local.emails[caller] }
  size            = merge(var.sizes[each.key], { timeout_seconds = local.timeouts[each.key] })

  # Ingestion alone calls other services of ours.
  egress = each.key == "ingestion" ? local.egress : null

  env = merge(local.common_env, each.value.env)

  secrets = {
    for variable, secret in each.value.secrets : variable => { secret = secret, version = var.secret_versions[secret] }
  }

  depends_on = [module.secrets]
}

module "events" {
  source                 = "../events"
  project_id             = var.project_id
  project_number         = var.project_number
  region                 = var.region
  kms_key_id             = module.kms.key_ids["pubsub"]
  pull_subscriber_emails = var.notifier_emails

  # Analysis erases people.
  dead_letter_subscriber_emails = [local.emails["clarity-analysis"]]

  topics = {
    raw-upload-finalized = {
      publisher_emails = []
      push             = local.pushes["ingestion"]
    }
    health-data-processing = {
      publisher_emails = [local.emails["clarity-ingestion"]]
      push             = local.pushes["analysis"]
    }
    ml-predictions = {
      publisher_emails = [local.emails["clarity-analysis"]]
      push             = local.pushes["insight"]
    }
    # For whoever tells the person; that is not a service of this system.
    user-insights = {
      publisher_emails = [local.emails["clarity-insight"]]
    }
  }
}

locals {
  pushes = {
    for name, url in local.urls : name => {
      service_url          = url
      service_account      = local.emails["clarity-push-${name}"]
      ack_deadline_seconds = local.ack_deadlines[name]
    }
  }
}
