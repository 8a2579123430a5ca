mock_provider "google" {}

variables {
  project_id     = "clarity-test"
  project_number = "123456789012"
  region         = "us-central1"
  kms_key_id     = "projects/clarity-test/locations/us-central1/keyRings/clarity/cryptoKeys/any"

  topics = {
    pushed = {
      publisher_emails = ["clarity-ingestion@clarity-test.iam.gserviceaccount.com"]
      push = {
        service_url          = "https://analysis-123456789012.us-central1.run.app"
        service_account      = "clarity-push-analysis@clarity-test.iam.gserviceaccount.com"
        ack_deadline_seconds = 600
      }
    }
    pulled = { publisher_emails = [] }
  }

  dead_letter_subscriber_emails = ["clarity-analysis@clarity-test.iam.gserviceaccount.com"]
}

run "every_message_is_encrypted_and_stays_in_the_region" {
  command = plan

  module {
    source = "../events"
  }

  assert {
    condition = alltrue([
      for topic in concat(values(google_pubsub_topic.this), values(google_pubsub_topic.dead_letters)) :
      topic.kms_key_name == var.kms_key_id && tolist(topic.message_storage_policy[0].allowed_persistence_regions)[0] == var.region
    ])
    error_message = "A topic has no key of ours, or stores its messages elsewhere."
  }
}

run "every_subscription_has_dead_letters_that_somebody_keeps" {
  command = plan

  module {
    source = "../events"
  }

  assert {
    condition = alltrue([
      for subscription in concat(values(google_pubsub_subscription.push), values(google_pubsub_subscription.pull)) :
      length(subscription.dead_letter_policy) == 1 && one(subscription.dead_letter_policy[*].max_delivery_attempts) == 5
    ])
    error_message = "A message that always fails would come for ever."
  }

  assert {
    condition = (
      toset(keys(google_pubsub_subscription.dead_letters)) == toset(keys(var.topics)) &&
      toset(keys(google_pubsub_topic_iam_member.forwarding_to)) == toset(keys(var.topics)) &&
      toset(keys(google_pubsub_subscription_iam_member.forwarding_from)) == toset(keys(var.topics))
    )
    error_message = "Dead letters would be lost: no subscription, or Pub/Sub may not forward."
  }

  assert {
    condition = alltrue([
      for subscription in concat(
        values(google_pubsub_subscription.push), values(google_pubsub_subscription.pull),
        values(google_pubsub_subscription.dead_letters),
      ) : subscription.expiration_policy[0].ttl == "" && subscription.enable_message_ordering
    ])
    error_message = "A subscription expires, or forgets the order."
  }

  assert {
    condition = alltrue([
      for subscription in values(google_pubsub_subscription.dead_letters) : subscription.message_retention_duration == "1209600s"
    ])
    error_message = "Dead letters are kept for fourteen days."
  }
}

run "dead_letters_are_read_by_whoever_erases_people_and_by_nobody_else" {
  command = plan

  module {
    source = "../events"
  }

  assert {
    condition = (
      length(google_pubsub_subscription_iam_member.dead_letter_readers) == length(var.topics) &&
      alltrue([
        for reader in values(google_pubsub_subscription_iam_member.dead_letter_readers) :
        reader.role == "roles/pubsub.subscriber" && reader.member == "serviceAccount:clarity-analysis@clarity-test.iam.gserviceaccount.com"
      ])
    )
    error_message = "Somebody else may read dead letters, or nobody can remove those of erased people."
  }
}

run "pushes_are_signed_and_come_back_ever_slower" {
  command = plan

  module {
    source = "../events"
  }

  assert {
    condition = (
      google_pubsub_subscription.push["pushed"].push_config[0].oidc_token[0].audience == var.topics["pushed"].push.service_url &&
      google_pubsub_subscription.push["pushed"].push_config[0].oidc_token[0].service_account_email == var.topics["pushed"].push.service_account &&
      google_pubsub_subscription.push["pushed"].push_config[0].push_endpoint == "https://analysis-123456789012.us-central1.run.app/push/pushed"
    )
    error_message = "The push does not say who it is to whom."
  }

  assert {
    condition     = google_pubsub_subscription.push["pushed"].ack_deadline_seconds == 600
    error_message = "Pub/Sub does not wait as long as it is told to."
  }

  assert {
    condition = (
      google_pubsub_subscription.push["pushed"].retry_policy[0].minimum_backoff == "10s" &&
      google_pubsub_subscription.push["pushed"].retry_policy[0].maximum_backoff == "600s"
    )
    error_message = "The back-off is 10 s to 600 s."
  }
}

run "a_push_without_tls_is_refused" {
  command = plan

  module {
    source = "../events"
  }

  variables {
    topics = {
      pushed = {
        publisher_emails = []
        push = {
          service_url          = "http://analysis.example.org"
          service_account      = "clarity-push-analysis@clarity-test.iam.gserviceaccount.com"
          ack_deadline_seconds = 600
        }
      }
    }
  }

  expect_failures = [var.topics]
}
