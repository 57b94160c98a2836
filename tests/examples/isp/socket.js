const ws = new WebSocket('wss://api.seudominio.com/ws/chat?token=JWT_TOKEN');

ws.onopen = () => {
  console.log('Conectado!');
  
  // Entrar em uma sala de conversa
  ws.send(JSON.stringify({
    type: 'join_conversation',
    conversation_id: '550e8400-e29b-41d4-a716-446655440000'
  }));
};

ws.onmessage = (event) => {
  const data = JSON.parse(event.data);
  console.log('Mensagem recebida:', data);
};
