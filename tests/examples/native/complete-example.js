import io from 'socket.io-client';

// Conectar
const socket = io('http://localhost:3001', {
  auth: {
    token: localStorage.getItem('jwt_token')
  },
  transports: ['websocket', 'polling']
});

// Eventos de conexão
socket.on('connect', () => {
  console.log('✅ Connected to WebSocket');

  // Entrar na conversa atual
  socket.emit('conversation:join', 'conv-123');
});

socket.on('disconnect', (reason) => {
  console.log('❌ Disconnected:', reason);
});

// Escutar nova mensagem
socket.on('message:new', (data) => {
  // Adicionar mensagem na UI
  addMessageToUI(data.message);

  // Tocar som de notificação
  playNotificationSound();

  // Marcar como lida se a conversa está aberta
  if (isConversationOpen(data.conversationId)) {
    socket.emit('messages:mark-read', {
      messageIds: [data.message.id]
    });
  }
});

// Escutar status update
socket.on('message:status-update', (data) => {
  // Atualizar UI (mostrar checkmark duplo quando READ)
  updateMessageStatus(data.messageId, data.status);
});

// Typing indicator
let typingTimeout;
function onUserTyping() {
  socket.emit('conversation:typing', {
    conversationId: 'conv-123',
    isTyping: true
  });

  // Limpar após 3 segundos
  clearTimeout(typingTimeout);
  typingTimeout = setTimeout(() => {
    socket.emit('conversation:typing', {
      conversationId: 'conv-123',
      isTyping: false
    });
  }, 3000);
}

// Receber typing de outros
socket.on('conversation:typing', (data) => {
  if (data.isTyping) {
    showTypingIndicator(data.userName);
  } else {
    hideTypingIndicator(data.userName);
  }
});

// Cleanup ao sair
window.addEventListener('beforeunload', () => {
  socket.emit('conversation:leave', 'conv-123');
  socket.disconnect();
});
