# Login
TOKEN=$(curl -s -X POST "http://localhost:8000/api/v1/auth/login" \
  -H "Content-Type: application/json" \
  -d '{"email": "admin@email.com", "password": "admin123"}' \
  | jq -r '.access_token')

# Listar conversas
curl -X GET "http://localhost:8000/api/v1/conversations" \
  -H "Authorization: Bearer $TOKEN"

# Enviar mensagem WhatsApp
curl -X POST "http://localhost:8000/api/v1/whatsapp/send" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"to": "+5511999999999", "type": "text", "content": "Teste"}'
