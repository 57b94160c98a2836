curl -X POST "https://api.seudominio.com/api/v1/auth/login" \
  -H "Content-Type: application/json" \
  -d '{"email": "usuario@email.com", "password": "senha123"}'
