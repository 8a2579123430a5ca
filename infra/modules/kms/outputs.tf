output "key_ids" {
  description = "Whole name of the key for storage, pubsub, firestore, secrets, images, services and logs."
  value = {
    for name in keys(local.agents) :
    name => "projects/${var.project_id}/locations/${var.region}/keyRings/clarity/cryptoKeys/${name}"
  }

  depends_on = [google_kms_crypto_key_iam_member.agents]
}

